"""Users of a role, and readers who see everything or nothing beyond the public."""

from django.apps import apps
from django.contrib.auth.models import Group, User

from access.roles import write_roles

# Never stored: a superuser is asked for no permission.
SEES_ALL = User(username="everybody", is_superuser=True)


def make_user(role: str, name: str = "", **fields: object) -> User:
    """A user with the role's permissions who may enter the admin; called as the role unless named."""
    if not Group.objects.filter(name=role).exists():
        # A test that empties the database after it takes away what migrations wrote.
        write_roles(apps)
    user = User.objects.create_user(name or role, is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=role))
    return user
