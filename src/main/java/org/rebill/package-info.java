/**
 * Rebill turns a firm's phone records into statements its clients pay.
 *
 * <p>The packages below follow a call: {@code intake} takes the phone system's bytes, {@code call} makes calls of
 * their records, {@code code}, {@code policy} and {@code agreement} say whom a call is for, whether it needs a code and at
 * what price, {@code rating}
 * computes it, {@code ledger} keeps what is owed, {@code statement} bills it and {@code report} prints it.
 * {@code firm}, {@code identity}, {@code audit} and {@code platform} stand beside that flow.
 */
package org.rebill;
