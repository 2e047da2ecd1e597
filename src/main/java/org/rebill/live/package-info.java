/** Live checks: tells a phone system, while a call is made, what its code is; keeps what it told. */
package org.rebill.live;
