"""All tables, gathered for Django. Nobody else imports this file."""

from .accounts.models import *  # noqa: F403
from .documents.models import *  # noqa: F403
from .geography.models import *  # noqa: F403
from .history.models import *  # noqa: F403
from .messaging.models import *  # noqa: F403
from .needs.models import *  # noqa: F403
from .organizations.models import *  # noqa: F403
from .privacy.models import *  # noqa: F403
from .programs.models import *  # noqa: F403
from .safeguarding.models import *  # noqa: F403
from .shifts.models import *  # noqa: F403
from .signups.models import *  # noqa: F403
from .sites.models import *  # noqa: F403
from .volunteers.models import *  # noqa: F403
from .workflow.models import *  # noqa: F403
