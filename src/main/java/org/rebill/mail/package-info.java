/**
 * Mail that the service sends: an outbox that is written with the act it tells of and worked off by a job, what the
 * mails say, and links in them that work without a sign-in. Hears of what other features do; none of them knows it.
 */
package org.rebill.mail;
