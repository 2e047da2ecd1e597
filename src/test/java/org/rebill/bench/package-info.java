/** Figures: how fast the parts are, each against a measure on the same machine. Run by the profile {@code bench}. */
package org.rebill.bench;
