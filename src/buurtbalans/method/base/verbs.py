"""The words of every audit verb: an action declares its own, an app those of verbs that are no action."""

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from django.apps import AppConfig, apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

_words: dict[str, str | Promise] = {}


def declare_verb(verb: str, words: str | Promise) -> None:
    """Give the verb of an action its words."""
    _words[verb] = words


def app_of(module: str) -> str:
    """Return the label of the app in which a module is defined."""
    config = apps.get_containing_app_config(module)
    return config.label if config else module.partition(".actions")[0].rpartition(".")[2]


def verb_words(verb: str) -> str:
    """Return an audit verb in words, or the verb itself when nothing declares it."""
    app, _dot, name = verb.partition(".")
    config = apps.app_configs.get(app)
    if verb not in _words and config is not None:
        _load_actions(config)
    return str(_words.get(verb) or getattr(config, "audit_words", {}).get(name, verb))


@cache
def _load_actions(config: AppConfig) -> None:
    """Import the actions of an app, so that they declare their words."""
    if not module_has_submodule(config.module, "actions"):
        return
    package = import_module(f"{config.name}.actions")
    for module in walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
        import_module(module.name)
