/** The way back from each amount to the bytes it rests on (DOMAIN.md C1): a page, a document, and an archive to verify. */
package org.rebill.evidence;
