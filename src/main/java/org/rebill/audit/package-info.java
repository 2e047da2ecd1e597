/** Who did what, when, from where, before and after: append-only and hash-chained per firm. */
package org.rebill.audit;
