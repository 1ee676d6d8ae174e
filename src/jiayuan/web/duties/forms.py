# SPDX-License-Identifier: Apache-2.0
"""Forms of lists. They draw questions and keep what was typed; whether it is right is decided in the room's intake."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from jiayuan.duties.enums import GroupKind, GroupRole, Kind, Part, ZoneKind
from jiayuan.duties.queries import (
    Entry,
    FrontageView,
    GroupView,
    GuaranteeView,
    Holder,
    MemberView,
    VersionView,
    ZoneView,
)
from jiayuan.places import queries as places
from jiayuan.web.cases.forms import Answered, reasons, text_field
from jiayuan.web.duties import wording
from jiayuan.web.people.forms import DayInput

_ONE_EACH = pgettext_lazy("duties", "Names or codes, one on each line or with semicolons between them.")


class BrowseForm(forms.Form):
    """What a resident looks for: by kind of problem, by unit, by words."""

    kind = forms.ChoiceField(label=pgettext_lazy("duties", "Kind of problem"), required=False)
    unit = forms.ChoiceField(label=pgettext_lazy("duties", "Unit"), required=False)
    q = forms.CharField(label=pgettext_lazy("duties", "Words"), required=False, max_length=40)

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[str, str]], units: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", pgettext("duties", "Every kind")), *kinds]
        cast(forms.ChoiceField, self.fields["unit"]).choices = [("", pgettext("duties", "Every unit")), *units]


class DocumentForm(Answered):
    """A list that is not there yet."""

    title = text_field(pgettext_lazy("duties", "Title"), pgettext_lazy("duties", "As the document is called."))
    kind = reasons(pgettext_lazy("duties", "What sort of list"), Kind.choices)


class EntryForm(Answered):
    """One entry of a draft."""

    key = text_field(pgettext_lazy("duties", "Number"), pgettext_lazy("duties", "Like 2.3; it stays in every version."))
    group = text_field(pgettext_lazy("duties", "Task group"), "")
    task = text_field(pgettext_lazy("duties", "Task"), "", rows=2)
    part = reasons(pgettext_lazy("duties", "Part"), Part.choices)
    classes = text_field(pgettext_lazy("duties", "Kinds of problem"), _ONE_EACH, rows=3)
    lead = text_field(
        pgettext_lazy("duties", "Lead"), pgettext_lazy("duties", "Left empty: whoever governs the place.")
    )
    cooperating = text_field(pgettext_lazy("duties", "Cooperating units"), _ONE_EACH, rows=2)
    department_does = text_field(pgettext_lazy("duties", "What the department does"), "", rows=2)
    town_does = text_field(pgettext_lazy("duties", "What the town does"), "", rows=2)
    clause = text_field(pgettext_lazy("duties", "Clause"), pgettext_lazy("duties", "Where the source says so."))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(Answered):
    """What a version says of itself, and the day from which it holds."""

    source = text_field(pgettext_lazy("duties", "Source document"), pgettext_lazy("duties", "Its full title."))
    source_number = text_field(pgettext_lazy("duties", "Document number"), "")
    issuer = text_field(pgettext_lazy("duties", "Issued by"), "")
    issued_on = forms.CharField(label=pgettext_lazy("duties", "Issued on"), required=False, widget=DayInput)
    valid_from = forms.CharField(label=pgettext_lazy("duties", "Holds from"), required=False, widget=DayInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class HereForm(forms.Form):
    """For which place, and on which day."""

    q = forms.CharField(
        label=pgettext_lazy("duties", "Place"),
        help_text=pgettext_lazy("cases", "Name or pinyin, for example the first letters."),
        required=False,
        max_length=60,
    )
    on = forms.DateField(label=pgettext_lazy("duties", "Day"), required=False, widget=DayInput)


class Questions(Answered):
    """A form that one page draws question by question, and says which of them may stay open."""

    NEEDED: ClassVar[tuple[str, ...]] = ()

    def questions(self) -> list[tuple[forms.BoundField, str]]:
        """Each question with a mark if it needs an answer; the room refuses, so that nothing typed is lost."""
        return [(field, "1" if field.name in self.NEEDED else "") for field in self]


class HolderForm(Questions):
    """Who answers, as what, and from when to when."""

    NEEDED: ClassVar[tuple[str, ...]] = ("duty", "starts_on")

    organisation = forms.ChoiceField(label=pgettext_lazy("duties", "Unit"), required=False)
    person = text_field(
        pgettext_lazy("duties", "Person"), pgettext_lazy("duties", "The user name with which the person signs in.")
    )
    named = text_field(
        pgettext_lazy("duties", "Shop, union or other body"),
        pgettext_lazy("duties", "Only what is no unit of the list above. Never a private person."),
    )
    duty = text_field(pgettext_lazy("duties", "As what"), pgettext_lazy("duties", "In the words of the document."))
    starts_on = forms.CharField(label=pgettext_lazy("duties", "First day"), required=False, widget=DayInput)
    ends_on = forms.CharField(label=pgettext_lazy("duties", "Last day"), required=False, widget=DayInput)
    document = text_field(pgettext_lazy("duties", "By which document"), "")
    is_shown = forms.BooleanField(
        label=pgettext_lazy("duties", "Residents read role and masked name of the person"),
        help_text=pgettext_lazy("duties", "For office holders only. Units and bodies are always shown."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = units_to_choose()


class GuaranteeForm(HolderForm):
    """Who answers for which place."""

    NEEDED: ClassVar[tuple[str, ...]] = ("place", *HolderForm.NEEDED)
    field_order = ("place", "hamlet")

    place = text_field(
        pgettext_lazy("duties", "Place"),
        pgettext_lazy("people", "Name, pinyin or twelve-digit code of a village, town, county or the city."),
    )
    hamlet = text_field(pgettext_lazy("duties", "Hamlet"), pgettext_lazy("duties", "Only for one hamlet of a village."))


class ZoneForm(Questions):
    """A zone and where it lies."""

    NEEDED: ClassVar[tuple[str, ...]] = ("name", "kind", "description", "villages", "starts_on")

    name = text_field(pgettext_lazy("duties", "Name"), "")
    kind = reasons(pgettext_lazy("duties", "What it is"), ZoneKind.choices)
    description = text_field(
        pgettext_lazy("duties", "Its line or area in words"),
        pgettext_lazy("duties", "From where to where, which side, what belongs to it."),
        rows=3,
    )
    villages = text_field(pgettext_lazy("duties", "Villages and communities"), _ONE_EACH, rows=3)
    starts_on = forms.CharField(label=pgettext_lazy("duties", "First day"), required=False, widget=DayInput)
    geometry = text_field(
        pgettext_lazy("duties", "Line or area as GeoJSON"),
        pgettext_lazy("duties", "Coordinates in WGS-84. Words are enough."),
        rows=2,
    )


class GroupForm(Questions):
    """A leading group or a task force, and the document that founded it."""

    NEEDED: ClassVar[tuple[str, ...]] = ("kind", "name", "place", "task", "founded_by", "founded_on")

    kind = reasons(pgettext_lazy("duties", "What it is"), GroupKind.choices)
    name = text_field(pgettext_lazy("duties", "Name"), pgettext_lazy("duties", "In the words of the document."))
    place = text_field(
        pgettext_lazy("duties", "Place"),
        pgettext_lazy("people", "Name, pinyin or twelve-digit code of a village, town, county or the city."),
    )
    task = text_field(pgettext_lazy("duties", "What it is there for"), "", rows=3)
    office = forms.ChoiceField(label=pgettext_lazy("duties", "Where its office sits"), required=False)
    founded_by = text_field(
        pgettext_lazy("duties", "Founded by"), pgettext_lazy("duties", "The full title of the document.")
    )
    founded_number = text_field(pgettext_lazy("duties", "Document number"), "")
    founded_on = forms.CharField(label=pgettext_lazy("duties", "Founded on"), required=False, widget=DayInput)
    is_illustrative = forms.BooleanField(
        label=pgettext_lazy("duties", "An example, no official document"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["office"]).choices = units_to_choose()


class MemberForm(Questions):
    """Who belongs to a group, as what, from when to when."""

    NEEDED: ClassVar[tuple[str, ...]] = ("role", "starts_on")

    role = reasons(pgettext_lazy("duties", "As what"), GroupRole.choices)
    organisation = forms.ChoiceField(
        label=pgettext_lazy("duties", "Seconding unit"),
        help_text=pgettext_lazy("duties", "Which unit sends the person, or in which the post is."),
        required=False,
    )
    person = text_field(
        pgettext_lazy("duties", "Person"), pgettext_lazy("duties", "The user name with which the person signs in.")
    )
    post = text_field(
        pgettext_lazy("duties", "Or a post by its title"),
        pgettext_lazy("duties", "Whoever holds it belongs to the group. No name."),
    )
    starts_on = forms.CharField(label=pgettext_lazy("duties", "First day"), required=False, widget=DayInput)
    ends_on = forms.CharField(label=pgettext_lazy("duties", "Last day"), required=False, widget=DayInput)
    is_shown = forms.BooleanField(
        label=pgettext_lazy("duties", "Residents read the masked name of the person"),
        help_text=pgettext_lazy("duties", "For office holders only. Units and posts are always shown."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = units_to_choose()


class DissolveForm(Questions):
    """The document that dissolved a group, and the group's last day."""

    NEEDED: ClassVar[tuple[str, ...]] = ("dissolved_by", "dissolved_on")

    dissolved_by = text_field(
        pgettext_lazy("duties", "Dissolved by"), pgettext_lazy("duties", "The full title of the document.")
    )
    dissolved_number = text_field(pgettext_lazy("duties", "Document number"), "")
    dissolved_on = forms.CharField(
        label=pgettext_lazy("duties", "Last day"),
        help_text=pgettext_lazy("duties", "Whoever still belongs to it does so until this day. Its page stays."),
        required=False,
        widget=DayInput,
    )


def units_to_choose() -> list[tuple[str, str]]:
    """Every unit by its code, after a blank one."""
    return [("", "—"), *((unit.code, unit.short_name) for unit in places.organisations())]


class FrontageForm(Questions):
    """A shop front and what its shop signed."""

    NEEDED: ClassVar[tuple[str, ...]] = ("place", "shop", "address", "scheme", "signed_on", "starts_on")

    place = text_field(
        pgettext_lazy("duties", "Village or community"), pgettext_lazy("duties", "Name, pinyin or twelve-digit code.")
    )
    shop = text_field(
        pgettext_lazy("duties", "Name of the shop"),
        pgettext_lazy("duties", "As on its sign. Everybody reads it: no owner's name, no telephone number."),
    )
    address = text_field(
        pgettext_lazy("duties", "Street and house number"), pgettext_lazy("duties", "Or words by which it is found.")
    )
    scheme = forms.ChoiceField(label=pgettext_lazy("duties", "What it signed"), required=False)
    signed_on = forms.CharField(label=pgettext_lazy("duties", "Signed on"), required=False, widget=DayInput)
    starts_on = forms.CharField(label=pgettext_lazy("duties", "First day"), required=False, widget=DayInput)
    ends_on = forms.CharField(label=pgettext_lazy("duties", "Last day"), required=False, widget=DayInput)

    def __init__(self, *args: Any, schemes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["scheme"]).choices = list(schemes)


class FrontagesForm(forms.Form):
    """Which frontages the desk looks for."""

    place = forms.CharField(label=pgettext_lazy("duties", "Place"), required=False, max_length=60)
    scheme = forms.ChoiceField(label=pgettext_lazy("duties", "What it signed"), required=False)
    standing = forms.ChoiceField(label=pgettext_lazy("duties", "Standing"), required=False)
    q = forms.CharField(label=pgettext_lazy("duties", "Shop or street"), required=False, max_length=40)

    def __init__(self, *args: Any, schemes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", pgettext("duties", "All"))
        standings = [("now", pgettext("duties", "not over")), ("over", pgettext("duties", "over"))]
        for name, choices in (("scheme", schemes), ("standing", standings)):
            cast(forms.ChoiceField, self.fields[name]).choices = [every, *choices]


class EndForm(Answered):
    """The last day on which something holds."""

    ends_on = forms.CharField(label=pgettext_lazy("duties", "Last day"), required=False, widget=DayInput)


def initial_of_holder(holder: Holder, username: str) -> dict[str, Any]:
    """Somebody who answers, as the form shows it."""
    return {
        "organisation": holder.unit.code if holder.unit else "",
        "person": username,
        "named": holder.named,
        "duty": holder.duty,
        "starts_on": holder.starts_on,
        "ends_on": holder.ends_on,
        "document": holder.document,
        "is_shown": holder.is_shown,
    }


def initial_of_guarantee(view: GuaranteeView, username: str) -> dict[str, Any]:
    """An entry as its form shows it."""
    return initial_of_holder(view.holder, username) | {"place": view.place, "hamlet": view.hamlet}


def initial_of_zone(view: ZoneView) -> dict[str, Any]:
    """A zone as its form shows it."""
    return {
        "name": view.name,
        "kind": view.kind,
        "description": view.description,
        "villages": "\n".join(view.villages),
        "starts_on": view.starts_on,
        "geometry": view.geometry,
    }


def initial_of_frontage(view: FrontageView) -> dict[str, Any]:
    """A frontage as its form shows it."""
    names = ("place", "shop", "address", "scheme", "signed_on", "starts_on", "ends_on")
    return {name: getattr(view, name) for name in names}


def initial_of_group(view: GroupView) -> dict[str, Any]:
    """A group as its form shows it."""
    names = ("kind", "name", "place", "task", "founded_by", "founded_number", "founded_on", "is_illustrative")
    return {name: getattr(view, name) for name in names} | {"office": view.office.code if view.office else ""}


def initial_of_member(view: MemberView, username: str) -> dict[str, Any]:
    """A member as the form shows it."""
    names = ("role", "post", "starts_on", "ends_on", "is_shown")
    said = {name: getattr(view, name) for name in names}
    return said | {"organisation": view.unit.code if view.unit else "", "person": username}


def initial_of(entry: Entry) -> dict[str, Any]:
    """An entry as its form shows it."""
    words = wording.class_words()
    return {
        "key": entry.key,
        "group": entry.group,
        "task": entry.task,
        "part": entry.part,
        "classes": "\n".join(words.get(key, key) for key in entry.classes),
        "lead": wording.organisation_name(entry.lead) if entry.lead else "",
        "cooperating": "\n".join(wording.organisation_name(code) for code in entry.cooperating),
        "department_does": entry.department_does,
        "town_does": entry.town_does,
        "clause": entry.clause,
    }


def issued_before(view: VersionView | None) -> dict[str, Any]:
    """What the version before said of itself, to be changed."""
    if view is None:
        return {}
    return {"source": view.source, "issuer": view.issuer}
