/** Files by SFTP: a write-only drop, for each source: one of its keys as password with any user name,
 * or one of its public keys with the firm's short name as user name. */
package org.rebill.intake.sftp;
