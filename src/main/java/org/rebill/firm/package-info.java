/** Firms, their places, people and phones, and the packs they are set up from. */
package org.rebill.firm;
