// The compact encoding of shapes: each ring as its first point and the steps to the following points, in thousandths of a degree.
import type { Position } from "geojson";
import type { World } from "../../src/map-data.ts";

const UNIT = 1000;

function stepsOf(ring: Position[]): number[] {
  const steps: number[] = [];
  let [x, y] = [0, 0];
  for (const [longitude = 0, latitude = 0] of ring) {
    const [column, row] = [Math.round(longitude * UNIT), Math.round(latitude * UNIT)];
    steps.push(column - x, row - y);
    [x, y] = [column, row];
  }
  return steps;
}

/** Converts the text of world.json to the text of world-steps.json. */
export function worldSteps(world: string): string {
  const { features } = JSON.parse(world) as World;
  const areas = features.map(({ properties: { code, name, disputed, small, x, y }, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return [code, name, disputed ? 1 : 0, small ? 1 : 0, x, y, polygons.map((rings) => rings.map(stepsOf))];
  });
  return JSON.stringify({ unit: UNIT, areas });
}
