package import Documents

extension ComplianceReport {
    /// The report as a document: `framework`, `clauses`, `summary` and where all of it comes from.
    package func document() -> Document {
        Document { arena in
            arena.object([
                "framework": arena.string(framework.id),
                "title": arena.string(framework.title),
                "version": arena.string(framework.version),
                "supportingEvidenceOnly": .bool(framework.isSupporting),
                "clauses": arena.array(answers.map { $0.value(in: arena) }),
                "summary": summary(in: arena),
                "tool": arena.object(["name": arena.string("lintel"), "version": arena.string(provenance.toolVersion)]),
                "libraryDigest": arena.string(provenance.libraryDigest),
                "inputDigest": arena.string(provenance.inputDigest),
                "inputs": arena.array(provenance.inputs.map { arena.string($0) }),
                "language": arena.string(language.id),
                "enforcement": arena.array(enforcement.map { $0.value(in: arena) }),
                "trend": trend.map { $0.value(in: arena) } ?? .null,
                "time": arena.string(provenance.time),
            ])
        }
    }

    /// The report as indented JSON with a final line break.
    package func json() -> String { document().withRoot { JSONWriter.string($0, style: .pretty) } + "\n" }

    private func summary(in arena: Arena) -> Value {
        var entries = ClauseStatus.allCases.map { status in
            ObjectEntry(key: arena.string(status.rawValue), value: .int(count(status)))
        }
        entries.append(ObjectEntry(key: arena.string("total"), value: .int(answers.count)))
        entries.append(ObjectEntry(key: arena.string("answerable"), value: .int(framework.answerable.count)))
        entries.append(
            ObjectEntry(key: arena.string("answerableInPart"), value: .int(framework.answerable.count { $0.isPartial })))
        entries.append(ObjectEntry(key: arena.string("score"), value: score.map { arena.share($0) } ?? .null))
        entries.append(ObjectEntry(key: arena.string("coverage"), value: arena.share(coverage)))
        return arena.object(entries)
    }
}

extension Arena {
    /// A share between 0 and 1 with at most four decimals.
    fileprivate func share(_ value: Double) -> Value { NumberText.value((value * 10_000).rounded() / 10_000, in: self) }

    /// An object of the fields that are there.
    func object(present fields: [(String, Value?)]) -> Value {
        object(fields.compactMap { name, value in value.map { ObjectEntry(key: string(name), value: $0) } })
    }
}

extension ComplianceReport.Answer {
    func value(in arena: Arena) -> Value {
        arena.object(present: [
            ("id", arena.string(clause.id)), ("title", arena.string(clause.title)),
            ("level", clause.level.map { arena.string($0) }),
            ("assessment", clause.assessment.map { arena.string($0) }),
            ("why", clause.why.map { arena.string($0) }), ("status", arena.string(status.rawValue)),
            ("confidence", arena.string(confidence.rawValue)),
            ("remediation", clause.remediation.map { arena.string($0) }),
            ("evidence", arena.array(evidence.map { $0.value(in: arena) })),
        ])
    }
}

extension Evidence {
    func value(in arena: Arena) -> Value {
        arena.object(present: [
            ("verdict", arena.string(verdict)), ("message", arena.string(message)), ("source", arena.string(source)),
            ("sourceTitle", sourceTitle.map { arena.string($0) }),
            ("resource", resource.map { arena.string($0) }), ("file", file.map { arena.string($0) }),
            ("line", line.map { .int($0) }), ("column", column.map { .int($0) }),
            ("field", field.map { arena.string($0) }),
            (
                "exception",
                exception.map { exception in
                    arena.object(present: [
                        ("reason", arena.string(exception.reason)), ("owner", exception.owner.map { arena.string($0) }),
                        ("expires", exception.expires.map { arena.string($0) }),
                    ])
                }
            ),
        ])
    }
}

extension AdmissionEnforcement {
    func value(in arena: Arena) -> Value {
        arena.object(present: [
            ("resource", arena.string(resource)), ("file", arena.string(file)), ("line", line.map { .int($0) }),
            ("effect", arena.string(effect)),
            ("policies", policies.map { arena.array($0.sorted().map { arena.string($0) }) }),
        ])
    }
}

extension ComplianceTrend {
    func value(in arena: Arena) -> Value {
        arena.object([
            "since": arena.string(since),
            "changes": arena.array(
                changes.map { change in
                    arena.object(present: [
                        ("id", arena.string(change.clause)), ("before", change.before.map { arena.string($0.rawValue) }),
                        ("now", change.now.map { arena.string($0.rawValue) }),
                    ])
                }),
        ])
    }
}
