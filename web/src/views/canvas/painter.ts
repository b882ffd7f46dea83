// Draws lines and entities with WebGL, as cheaply as a machine without a graphics card needs it: one canvas, no second
// pass to find what lies below the pointer, lines of one pixel where there are thousands.
import type { EntityKind } from '../../api/generated';
import { PATHS, SHAPES } from '../../graph/kinds';
import type { Camera } from './camera';
import type { Places } from './places';
import { DOT_WORDS, LINE_WORDS, packed, Rows, THIN_WORDS, writeDots, writeRich, writeThin, type Dot, type Line } from './vertices';

/** The picture of all shapes: cells in a row, their number a power of two, with room around each shape. */
const CELL = 64;
const CELLS = 16;
const ROOM = 10;
/** How wide the rim of paper around a shape is, in cells' pixels. */
const RIM = 5;

const TO_CLIP = `
vec4 toClip(vec2 pixels) { return vec4(pixels / u_half * vec2(1, -1), 0, 1); }`;

const DOT_VERTEX = `#version 300 es
layout(location = 0) in vec2 a_position;
layout(location = 1) in float a_size;
layout(location = 2) in float a_shape;
layout(location = 3) in vec4 a_color;
uniform vec3 u_camera;
uniform vec2 u_half;
uniform float u_grow;
out vec3 v_color;
flat out float v_cell;${TO_CLIP}
void main() {
  gl_Position = toClip((a_position - u_camera.xy) * u_camera.z);
  gl_PointSize = a_size * u_grow * ${((2 * CELL) / (CELL - 2 * ROOM)).toFixed(4)};
  v_cell = a_shape;
  v_color = a_color.rgb;
}`;

// Red says where the shape is, green where its rim of paper is.
const DOT_FRAGMENT = `#version 300 es
precision mediump float;
in vec3 v_color;
flat in float v_cell;
uniform sampler2D u_shapes;
uniform vec3 u_paper;
out vec4 color;
void main() {
  vec2 found = texture(u_shapes, vec2((v_cell + gl_PointCoord.x) / ${CELLS}.0, gl_PointCoord.y)).rg;
  color = vec4(mix(u_paper, v_color, found.r), 1) * found.g;
}`;

const LINE_VERTEX = `#version 300 es
layout(location = 0) in vec2 a_position;
layout(location = 1) in vec2 a_away;
layout(location = 2) in vec2 a_across;
layout(location = 3) in vec3 a_half_side_along;
layout(location = 4) in vec4 a_color;
uniform vec3 u_camera;
uniform vec2 u_half;
uniform float u_grow;
out vec3 v_color;
out vec3 v_from_middle;${TO_CLIP}
void main() {
  float half_width = a_half_side_along.x * u_grow;
  float side = a_half_side_along.y * (half_width + 1.0);
  gl_Position = toClip((a_position - u_camera.xy) * u_camera.z + a_away * u_grow + a_across * side);
  v_from_middle = vec3(side, half_width, a_half_side_along.z * u_camera.z);
  v_color = a_color.rgb;
}`;

const LINE_FRAGMENT = `#version 300 es
precision highp float;
in vec3 v_color;
in vec3 v_from_middle;
uniform float u_dash;
out vec4 color;
void main() {
  float soft = clamp(v_from_middle.y + 0.5 - abs(v_from_middle.x), 0.0, 1.0);
  float dash = step(fract(v_from_middle.z / u_dash), 0.6);
  color = vec4(v_color, 1) * (soft * dash);
}`;

const THIN_VERTEX = `#version 300 es
layout(location = 0) in vec2 a_position;
layout(location = 1) in vec4 a_color;
uniform vec3 u_camera;
uniform vec2 u_half;
flat out vec3 v_color;${TO_CLIP}
void main() {
  gl_Position = toClip((a_position - u_camera.xy) * u_camera.z);
  v_color = a_color.rgb;
}`;

const THIN_FRAGMENT = `#version 300 es
precision mediump float;
flat in vec3 v_color;
out vec4 color;
void main() { color = vec4(v_color, 1); }`;

interface Program {
  program: WebGLProgram;
  array: WebGLVertexArrayObject | null;
  buffer: WebGLBuffer | null;
  uniform: (name: string) => WebGLUniformLocation | null;
}

/** Sizes of the attributes of a vertex in numbers; a colour is one word of four bytes. */
type Layout = readonly (number | 'color')[];

function shapes(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = CELL * CELLS;
  canvas.height = CELL;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.globalCompositeOperation = 'lighter';
  const scale = (CELL - 2 * ROOM) / 16;
  context.lineWidth = (2 * RIM) / scale;
  context.lineJoin = 'round';
  context.strokeStyle = '#0f0';
  for (const [kind, cell] of Object.entries(SHAPES) as [EntityKind, number][]) {
    const path = new Path2D(PATHS[kind]);
    context.setTransform(scale, 0, 0, scale, cell * CELL + ROOM, ROOM);
    context.stroke(path);
    context.fillStyle = '#0f0';
    context.fill(path);
    context.fillStyle = '#f00';
    context.fill(path, 'evenodd');
  }
  return canvas;
}

export class Painter {
  private readonly gl: WebGL2RenderingContext;
  private dots!: Program;
  private rich!: Program;
  private thin!: Program;
  private readonly dotRows = new Rows();
  private readonly lineRows = new Rows();
  private isRich = true;
  paper = '#ffffff';

  constructor(readonly canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false });
    if (!gl) throw new Error('no WebGL');
    this.gl = gl;
    this.begin();
  }

  /** Also after the graphics card was lost and came back. */
  begin(): void {
    const { gl } = this;
    this.dots = this.program(DOT_VERTEX, DOT_FRAGMENT, [2, 1, 1, 'color']);
    this.rich = this.program(LINE_VERTEX, LINE_FRAGMENT, [2, 2, 2, 3, 'color']);
    this.thin = this.program(THIN_VERTEX, THIN_FRAGMENT, [2, 'color']);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, shapes());
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  end(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  /** Takes what is to be drawn; `rich` lines have width, gaps and heads. */
  fill(places: Places, lines: readonly Line[], dots: readonly Dot[], rich: boolean): void {
    this.isRich = rich;
    if (rich) writeRich(this.lineRows, lines, places);
    else writeThin(this.lineRows, lines, places);
    writeDots(this.dotRows, dots, places);
    this.give(rich ? this.rich : this.thin, this.lineRows);
    this.give(this.dots, this.dotRows);
  }

  /** Draws; `ratio` says how many dots a pixel has, `grow` how much larger than their size entities are. */
  draw(camera: Camera, ratio: number, grow: number): void {
    const { gl, canvas } = this;
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const use = ({ program, array, uniform }: Program) => {
      gl.useProgram(program);
      gl.bindVertexArray(array);
      gl.uniform3f(uniform('u_camera'), camera.x, camera.y, camera.scale * ratio);
      gl.uniform2f(uniform('u_half'), canvas.width / 2, canvas.height / 2);
      gl.uniform1f(uniform('u_grow'), grow * ratio);
      return uniform;
    };
    if (this.isRich) {
      gl.uniform1f(use(this.rich)('u_dash'), 8 * ratio);
      gl.drawArrays(gl.TRIANGLES, 0, this.lineRows.length / LINE_WORDS);
    } else {
      use(this.thin);
      // Opaque lines need not be mixed with what lies below them.
      gl.disable(gl.BLEND);
      gl.drawArrays(gl.LINES, 0, this.lineRows.length / THIN_WORDS);
      gl.enable(gl.BLEND);
    }
    const paper = packed(this.paper);
    gl.uniform3f(use(this.dots)('u_paper'), (paper & 255) / 255, ((paper >> 8) & 255) / 255, ((paper >> 16) & 255) / 255);
    gl.drawArrays(gl.POINTS, 0, this.dotRows.length / DOT_WORDS);
  }

  private give({ buffer }: Program, rows: Rows): void {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, rows.floats.subarray(0, rows.length), gl.DYNAMIC_DRAW);
  }

  private program(vertex: string, fragment: string, layout: Layout): Program {
    const { gl } = this;
    const program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
      const shader = gl.createShader(type);
      if (!shader) throw new Error('no shader');
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(program) ?? 'no program');
    const [array, buffer] = [gl.createVertexArray(), gl.createBuffer()];
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    const words = (part: Layout[number]) => (part === 'color' ? 1 : part);
    const stride = 4 * layout.reduce<number>((sum, part) => sum + words(part), 0);
    let at = 0;
    layout.forEach((part, location) => {
      gl.enableVertexAttribArray(location);
      if (part === 'color') gl.vertexAttribPointer(location, 4, gl.UNSIGNED_BYTE, true, stride, at);
      else gl.vertexAttribPointer(location, part, gl.FLOAT, false, stride, at);
      at += 4 * words(part);
    });
    const known = new Map<string, WebGLUniformLocation | null>();
    const uniform = (name: string) => {
      if (!known.has(name)) known.set(name, gl.getUniformLocation(program, name));
      return known.get(name) ?? null;
    };
    return { program, array, buffer, uniform };
  }
}
