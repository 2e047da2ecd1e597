/** Statements: drafted for a period, reviewed, issued under a gap-free number and frozen, downloaded by the client. */
package org.rebill.statement;
