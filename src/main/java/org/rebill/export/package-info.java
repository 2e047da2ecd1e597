/** Tables as files: each format from the same rows, with the same totals. */
package org.rebill.export;
