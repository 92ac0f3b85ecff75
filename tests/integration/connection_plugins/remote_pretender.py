"""A connection to this machine that says it is not local, as one to another host would."""

from __future__ import annotations

from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = """
name: remote_pretender
short_description: A local connection under another name
description:
  - For tests of what happens on hosts that are not the controller.
author: polyv.live maintainers
extends_documentation_fragment: connection_pipelining
"""


class Connection(LocalConnection):
    """See the description."""

    transport = "remote_pretender"
