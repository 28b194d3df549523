/// The answers to a framework's clauses, fit to be kept as a record.
package struct ComplianceReport: Sendable {
    /// One clause with its answer.
    package struct Answer: Sendable {
        package var clause: Framework.Clause
        package var status: ClauseStatus
        package var confidence: Confidence
        package var evidence: [Evidence]

        package init(clause: Framework.Clause, status: ClauseStatus, confidence: Confidence, evidence: [Evidence]) {
            self.clause = clause
            self.status = status
            self.confidence = confidence
            self.evidence = evidence
        }
    }

    /// What makes the report repeatable: who made it, when, with which rules, over which bytes.
    package struct Provenance: Sendable {
        package var toolVersion: String
        /// SHA-256 of the policy library.
        package var libraryDigest: String
        /// SHA-256 of everything that was read.
        package var inputDigest: String
        /// RFC 3339, UTC.
        package var time: String
        /// Paths and node facts that were read, as given.
        package var inputs: [String]

        package init(toolVersion: String, libraryDigest: String, inputDigest: String, time: String, inputs: [String]) {
            self.toolVersion = toolVersion
            self.libraryDigest = libraryDigest
            self.inputDigest = inputDigest
            self.time = time
            self.inputs = inputs
        }
    }

    /// A file that was read.
    package struct InputDigest: Sendable, Hashable {
        package var path: String
        /// Bytes.
        package var size: Int
        /// SHA-256 in hexadecimal digits, with `sha256:` before them.
        package var digest: String
    }

    package var framework: Framework
    package var answers: [Answer]
    package var provenance: Provenance
    /// What is in force at admission, as far as the input shows it.
    package var enforcement: [AdmissionEnforcement] = []
    package var language = Language.english
    /// The files that were read, with their digests.
    package var inputs: [InputDigest] = []
    /// What changed since an earlier report.
    package var trend: ComplianceTrend?

    package init(framework: Framework, answers: [Answer], provenance: Provenance) {
        self.framework = framework
        self.answers = answers
        self.provenance = provenance
    }

    /// The number of clauses with a status.
    package func count(_ status: ClauseStatus) -> Int { answers.count { $0.status == status } }

    /// Passed clauses out of passed and failed ones; nil when there are neither.
    package var score: Double? {
        let decided = count(.pass) + count(.fail)
        return decided == 0 ? nil : Double(count(.pass)) / Double(decided)
    }

    /// Clauses that evidence decided, out of all; those it answers in part are not.
    package var coverage: Double {
        answers.isEmpty ? 0 : Double(answers.count { $0.status.isEvaluated && $0.status != .partial }) / Double(answers.count)
    }

    /// How much of the framework configuration can answer, as a sentence.
    var answerableText: String {
        let able = framework.answerable
        return language.text(
            .answerable, "\(able.count)", "\(framework.clauses.count)",
            percentage(framework.clauses.isEmpty ? 0 : Double(able.count) / Double(framework.clauses.count)),
            "\(able.count { $0.isPartial })")
    }

    /// The answers by section, in the framework's order; a framework that names no sections is one.
    var sections: [(name: String, answers: [Answer])] {
        var sections: [(name: String, answers: [Answer])] = []
        for answer in answers {
            let name = framework.sections.isEmpty ? framework.id : framework.section(of: answer.clause)
            if let index = sections.firstIndex(where: { $0.name == name }) {
                sections[index].answers.append(answer)
            } else {
                sections.append((name, [answer]))
            }
        }
        return sections
    }
}

/// A share as a percentage with one decimal.
func percentage(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
}
