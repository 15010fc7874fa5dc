// What the page tells the map: addresses in data- attributes of <section id="map">, so that no address is written here.

export interface MapConfig {
  places: string | undefined;
  routes: string | undefined;
  countries: string | undefined;
  world: string;
  countryUrl: string;
  projectUrl: string;
  /** West, south, east, north in degrees: what to show first. */
  bounds: [number, number, number, number];
}

/** Everywhere that people live; the map's shape decides how much more is seen. */
const INHABITED: MapConfig["bounds"] = [-128, -46, 156, 66];

/** The keys of the page's address that are filters, and so go to the map's data too. */
export const FILTERS = ["kind", "layer", "company", "country", "status", "source", "located", "year_from", "year_to", "q", "bbox"] as const;

function boundsFrom(text: string | undefined): MapConfig["bounds"] {
  const numbers = (text ?? "").split(",").map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) ? (numbers as MapConfig["bounds"]) : INHABITED;
}

/** Reads the section's attributes; undefined where it lacks the world's shapes. */
export function readConfig(section: HTMLElement): MapConfig | undefined {
  const { places, routes, countries, world, countryUrl, projectUrl, bounds } = section.dataset;
  if (!world) return undefined;
  return {
    places,
    routes,
    countries,
    world,
    countryUrl: countryUrl ?? "/country/{code}",
    projectUrl: projectUrl ?? "/project/{id}",
    bounds: boundsFrom(bounds),
  };
}

/** `template` with its `{name}` replaced; the value cannot leave its path segment. */
export function address(template: string, name: "code" | "id", value: string): string {
  return template.replace(`{${name}}`, encodeURIComponent(value));
}

/** Only the filters of a page's query, empty ones left out, in a fixed order. */
export function filtersOf(query: URLSearchParams): URLSearchParams {
  const filters = new URLSearchParams();
  for (const key of FILTERS) {
    for (const value of query.getAll(key)) if (value.trim() !== "") filters.append(key, value.trim());
  }
  return filters;
}
