/** What talk time costs under given terms: pure, exact, and able to explain itself (DOMAIN.md D1, D3, D4). */
package org.rebill.rating;
