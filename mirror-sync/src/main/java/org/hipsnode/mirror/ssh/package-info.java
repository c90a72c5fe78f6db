/** Folders of servers that are reached by SSH, through its file transfer protocol (SFTP). */
@NullMarked
package org.hipsnode.mirror.ssh;

import org.jspecify.annotations.NullMarked;
