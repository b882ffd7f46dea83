// Where entities lie, as rows of numbers: what is drawn and arranged by the thousand is not made of objects.

export class Places {
  ids: string[] = [];
  x = new Float32Array(0);
  y = new Float32Array(0);
  /** Radius in pixels, as the whole is looked at. */
  size = new Float32Array(0);
  private rows = new Map<string, number>();

  get count(): number {
    return this.ids.length;
  }

  row(id: string): number | undefined {
    return this.rows.get(id);
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  add(id: string, x: number, y: number): void {
    const row = this.ids.length;
    if (row >= this.x.length) this.widen(Math.max(64, 2 * row));
    this.ids.push(id);
    this.rows.set(id, row);
    this.x[row] = x;
    this.y[row] = y;
    this.size[row] = 5;
  }

  /** Keeps those that are still wanted, in their order. */
  keep(wanted: (id: string) => boolean): void {
    if (this.ids.every(wanted)) return;
    const old = { ids: this.ids, x: this.x, y: this.y, size: this.size };
    this.ids = [];
    this.rows = new Map();
    [this.x, this.y, this.size] = [new Float32Array(0), new Float32Array(0), new Float32Array(0)];
    old.ids.forEach((id, row) => {
      if (!wanted(id)) return;
      this.add(id, old.x[row] ?? 0, old.y[row] ?? 0);
      this.size[this.ids.length - 1] = old.size[row] ?? 5;
    });
  }

  private widen(length: number): void {
    const wider = (row: Float32Array) => {
      const next = new Float32Array(length);
      next.set(row);
      return next;
    };
    [this.x, this.y, this.size] = [wider(this.x), wider(this.y), wider(this.size)];
  }
}
