// The script of an edition's home page: the explorer and its map, which ask no server.
import "./setup.ts";
import "../map.ts";
