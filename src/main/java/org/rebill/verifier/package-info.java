/** A program of its own: checks a statement's evidence offline, with nothing but Java and the rules of price. */
package org.rebill.verifier;
