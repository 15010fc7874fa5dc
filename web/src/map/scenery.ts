// What is below the marks, for each plane of the map: countries, borders, labels, routes and landing points.
import type { FeatureCollection, LineString, MultiLineString } from "geojson";
import VectorSource from "ol/source/Vector.js";
import type { Columns } from "../columns.ts";
import type { World } from "../data.ts";
import { type Positions, positionsOf } from "./clusters.ts";
import { bordersSource, countriesOf, labelsOf, landingsOf, routesFrom, routesOf } from "./map-features.ts";
import type { Plane } from "./plane.ts";

type Routes = FeatureCollection<LineString | MultiLineString>;

export class Scenery {
  readonly countries: VectorSource;
  readonly borders: VectorSource;
  readonly labels: VectorSource;
  readonly routes = new VectorSource();
  readonly landings = new VectorSource();
  readonly positions: Positions | undefined;
  readonly #plane: Plane;

  constructor(plane: Plane, world: World, columns: Columns | undefined) {
    this.#plane = plane;
    this.countries = countriesOf(world, plane);
    this.borders = bordersSource(world, plane);
    this.labels = labelsOf(world, plane);
    if (!columns) return;
    this.positions = positionsOf(columns, plane);
    this.routes.addFeatures(routesOf(columns, plane));
    this.landings.addFeatures(landingsOf(columns, plane));
  }

  /** Shows these routes instead of the present ones. */
  setRoutes(routes: Routes): void {
    this.routes.clear(true);
    this.routes.addFeatures(routesFrom(routes, this.#plane));
  }
}
