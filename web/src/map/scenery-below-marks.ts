// What is below the marks on each plane of the map: countries, borders, labels, routes and landing points.
import type { FeatureCollection, LineString, MultiLineString } from "geojson";
import VectorSource from "ol/source/Vector.js";
import type { Columns } from "../project-columns.ts";
import type { World } from "../map-data.ts";
import { type Positions, positionsOf } from "./clusters.ts";
import { addBorders, countriesOf, labelsOf, landingsOf, portsOf, routesFrom, routesOf, specksOf } from "./map-features.ts";
import { withoutSpecks } from "./tiny-island-filter.ts";
import type { Plane } from "./projections.ts";

type Routes = FeatureCollection<LineString | MultiLineString>;

export class Scenery {
  readonly routes = new VectorSource();
  readonly landings = new VectorSource();
  readonly ports = new VectorSource();
  readonly positions: Positions | undefined;
  readonly #plane: Plane;
  readonly #world: World;
  readonly #cableSuppliers: readonly string[];
  #countries: VectorSource | undefined;
  readonly #borders = new VectorSource();
  /** The remaining work on borders. */
  readonly #borderSteps: Generator<void>;
  #labels: VectorSource | undefined;

  constructor(plane: Plane, world: World, columns: Columns | undefined, cableSuppliers: readonly string[]) {
    this.#plane = plane;
    this.#cableSuppliers = cableSuppliers;
    this.#world = plane.smallest > 0 ? withoutSpecks(world, plane.smallest) : world;
    this.#borderSteps = addBorders(this.#borders, this.#world, plane);
    if (!columns) return;
    this.positions = positionsOf(columns, plane, specksOf(world));
    this.routes.addFeatures(routesOf(columns, plane, cableSuppliers));
    this.landings.addFeatures(landingsOf(columns, plane));
    this.ports.addFeatures(portsOf(columns, plane));
  }

  get countries(): VectorSource {
    return (this.#countries ??= countriesOf(this.#world, this.#plane));
  }

  get borders(): VectorSource {
    while (!this.addBorders());
    return this.#borders;
  }

  /** Does one step of the work on borders. Returns whether all of it is done. */
  addBorders(): boolean {
    return this.#borderSteps.next().done === true;
  }

  get labels(): VectorSource {
    return (this.#labels ??= labelsOf(this.#world, this.#plane));
  }

  /** Replaces the current routes. */
  setRoutes(routes: Routes): void {
    this.routes.clear(true);
    this.routes.addFeatures(routesFrom(routes, this.#plane, this.#cableSuppliers));
  }
}
