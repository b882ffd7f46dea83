// The program that draws entities: a point for each, with the shape of its kind from a small picture of all shapes.
// A point is one vertex and a pixel is one look into the picture: on machines without a graphics card, all that counts.
import { NodeProgram, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';

import { PATHS, SHAPES } from '../../graph/kinds';
import type { EntityKind } from '../../api/generated';

/** The picture: cells in a row, their number a power of two, with room around each shape. */
const CELL = 64;
const CELLS = 16;
const ROOM = 10;

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;

varying vec4 v_color;
varying float v_cell;

const float bias = 255.0 / 254.0;

void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = a_size / u_sizeRatio * u_pixelRatio * 2.0 * ${(CELL / (CELL - 2 * ROOM)).toFixed(4)};
  v_cell = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}
`;

const FRAGMENT = /* glsl */ `
precision mediump float;

varying vec4 v_color;
varying float v_cell;

uniform sampler2D u_shapes;

void main(void) {
  #ifdef PICKING_MODE
  // A pointer takes the whole disc, also the hole of a ring.
  vec2 from_middle = gl_PointCoord - 0.5;
  gl_FragColor = dot(from_middle, from_middle) < 0.12 ? v_color : vec4(0.0);
  #else
  gl_FragColor = v_color * texture2D(u_shapes, vec2((v_cell + gl_PointCoord.x) / ${CELLS}.0, gl_PointCoord.y)).a;
  #endif
}
`;

const UNIFORMS = ['u_sizeRatio', 'u_pixelRatio', 'u_matrix', 'u_shapes'] as const;
const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;

function picture(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = CELL * CELLS;
  canvas.height = CELL;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const scale = (CELL - 2 * ROOM) / 16;
  for (const [kind, cell] of Object.entries(SHAPES) as [EntityKind, number][]) {
    context.setTransform(scale, 0, 0, scale, cell * CELL + ROOM, ROOM);
    context.fill(new Path2D(PATHS[kind]), 'evenodd');
  }
  return canvas;
}

const textures = new WeakMap<WebGLRenderingContext, WebGLTexture>();

function shapesIn(gl: WebGLRenderingContext): WebGLTexture | null {
  const known = textures.get(gl);
  if (known) return known;
  const texture = gl.createTexture();
  if (!texture) return null;
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture());
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  textures.set(gl, texture);
  return texture;
}

/** Whether the drawing moves: nobody points at anything then, so what lies below the pointer need not be drawn. */
export const motion = { on: false };

export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS as 0,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT as 5126 },
        { name: 'a_size', size: 1, type: FLOAT as 5126 },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE as 5121, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE as 5121, normalized: true },
        { name: 'a_shape', size: 1, type: FLOAT as 5126 },
      ],
    };
  }

  processVisibleItem(nodeIndex: number, startIndex: number, data: NodeDisplayData & { shape?: number }): void {
    let at = startIndex;
    this.array[at++] = data.x;
    this.array[at++] = data.y;
    this.array[at++] = data.size;
    this.array[at++] = floatColor(data.color);
    this.array[at++] = nodeIndex;
    this.array[at] = data.shape ?? 0;
  }

  override render(params: RenderParams): void {
    const pick = this.pickProgram;
    if (motion.on) this.pickProgram = null;
    super.render(params);
    this.pickProgram = pick;
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    const { u_sizeRatio, u_pixelRatio, u_matrix, u_shapes } = uniformLocations;
    gl.uniform1f(u_pixelRatio ?? null, params.pixelRatio);
    gl.uniform1f(u_sizeRatio ?? null, params.sizeRatio);
    gl.uniformMatrix3fv(u_matrix ?? null, false, params.matrix);
    gl.bindTexture(gl.TEXTURE_2D, shapesIn(gl as WebGLRenderingContext));
    gl.uniform1i(u_shapes ?? null, 0);
  }
}
