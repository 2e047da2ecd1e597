/**
 * The collector at the firm's place: a small program without server that takes a phone system's records off a socket, a
 * serial line or a growing file, keeps each byte on disk first, and sends them to Rebill when the line is up. Packed as
 * a jar of its own; knows nothing of the service but its push address.
 */
package org.rebill.collector;
