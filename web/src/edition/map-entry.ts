// The script of an edition's home page: the explorer and its map, without a server.
import "./setup.ts";
import "../map.ts";
