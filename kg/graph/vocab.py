"""ontology/policy.ttl → names that Python checks: `POL.adopts` is an IRI, `POL.adobts` an AttributeError."""

# ruff: noqa: N815  the ontology spells its terms in mixedCase

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace


class POL(DefinedNamespace):
    """The ontology's classes, individuals and properties; rdflib users import it to spell them right."""

    _fail = True
    _NS = Namespace("https://w3id.org/policy-kg/ontology#")
    _extras = ["from"]  # noqa: RUF012  # a keyword of Python: write POL["from"]; without annotation, else it were a term

    # classes
    Adoption: URIRef
    Agency: URIRef
    Claim: URIRef
    DateKind: URIRef
    Diffusion: URIRef
    DiffusionKind: URIRef
    Genre: URIRef
    Goal: URIRef
    GoalKind: URIRef
    Implementation: URIRef
    Issuance: URIRef
    Level: URIRef
    Membership: URIRef
    Organization: URIRef
    Place: URIRef
    PolicyDocument: URIRef
    Program: URIRef
    Recognition: URIRef
    ReviewKind: URIRef
    SourceDocument: URIRef
    Status: URIRef
    Succession: URIRef
    TargetGroup: URIRef
    Targeting: URIRef

    # individuals
    Achieved: URIRef
    ActionPlan: URIRef
    Completed: URIRef
    Confirmed: URIRef
    Cooperates: URIRef
    Corrected: URIRef
    County: URIRef
    Document: URIRef
    Effective: URIRef
    Ended: URIRef
    Foreign: URIRef
    KeyPoints: URIRef
    LearnsFrom: URIRef
    Nation: URIRef
    News: URIRef
    Notice: URIRef
    Ongoing: URIRef
    Opinion: URIRef
    Other: URIRef
    Plan: URIRef
    Planned: URIRef
    Prefecture: URIRef
    Promotes: URIRef
    Province: URIRef
    Regulation: URIRef
    Report: URIRef
    Scheme: URIRef
    Speech: URIRef
    Started: URIRef
    Stated: URIRef
    Summary: URIRef
    Township: URIRef
    Zone: URIRef

    # properties
    adopts: URIRef
    agency: URIRef
    alteredFrom: URIRef
    baseUnit: URIRef
    baseValue: URIRef
    baseline: URIRef
    valueTo: URIRef
    by: URIRef
    cleaned: URIRef
    confidence: URIRef
    copyOf: URIRef
    date: URIRef
    dateKind: URIRef
    decided: URIRef
    document: URIRef
    edgeLabel: URIRef
    evidence: URIRef
    file: URIRef
    format: URIRef
    foundBy: URIRef
    foundingDocument: URIRef
    genre: URIRef
    group: URIRef
    implements: URIRef
    inLexicon: URIRef
    indicator: URIRef
    inferred: URIRef
    intendedFor: URIRef
    issuer: URIRef
    issues: URIRef
    jurisdiction: URIRef
    kind: URIRef
    learnsFrom: URIRef
    level: URIRef
    member: URIRef
    mentions: URIRef
    number: URIRef
    object: URIRef
    operator: URIRef
    page: URIRef
    part: URIRef
    partOf: URIRef
    place: URIRef
    predecessor: URIRef
    program: URIRef
    refused: URIRef
    reportYear: URIRef
    reviewed: URIRef
    sharesTextWith: URIRef
    shortcut: URIRef
    since: URIRef
    source: URIRef
    status: URIRef
    succeeds: URIRef
    successor: URIRef
    targets: URIRef
    textFile: URIRef
    title: URIRef
    to: URIRef
    unit: URIRef
    url: URIRef
    validFrom: URIRef
    validTo: URIRef
    value: URIRef
    whole: URIRef
    within: URIRef
    year: URIRef
    yearFrom: URIRef
    yearTo: URIRef
