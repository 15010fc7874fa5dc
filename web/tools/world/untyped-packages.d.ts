// Types for packages without their own.
declare module "topojson-simplify" {
  import type { Topology } from "topojson-specification";
  export function presimplify(topology: Topology, weight: (triangle: [number, number][]) => number): Topology;
  export function sphericalTriangleArea(triangle: [number, number][]): number;
}

declare module "d3-geo-projection" {
  import type { GeoProjection } from "d3-geo";
  import type { MultiPolygon, Polygon } from "geojson";
  export function geoProject(geometry: Polygon | MultiPolygon, projection: GeoProjection): Polygon | MultiPolygon | null;
}

declare module "polylabel" {
  export default function polylabel(polygon: number[][][], precision?: number): [number, number];
}
