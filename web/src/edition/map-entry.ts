// The script of an edition's explorer and its map, without a server.
import "./setup.ts";
import "../explorer-page.ts";
