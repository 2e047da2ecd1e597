/** Records that a phone system sends over a socket to the service itself, on a port of its source. */
package org.rebill.intake.smdr;
