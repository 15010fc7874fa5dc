// The script of an edition's explorer and its map, without a server.
import "./server-replacement.ts";
import "../explorer-page.ts";
