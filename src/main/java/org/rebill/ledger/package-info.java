/** What is owed: a charge for each talk, rated by the agreement in force, or held with the reason. */
package org.rebill.ledger;
