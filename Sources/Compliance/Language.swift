package import Catalogue
import Diagnostics
package import Documents
import Inputs

/// The words of a report in an auditor's language. English is written where it is used; other languages are files of the
/// library (`policies/languages/*.yaml`).
package struct Language: Sendable {
    /// What reports say, by its English text; `{0}` and `{1}` stand for what is filled in.
    package enum Word: String, CaseIterable, Sendable {
        case complianceReport = "Compliance report"
        case madeBy = "Made by lintel {0} at {1}"
        case supportingOnly = "Supporting evidence only: the framework asks for more than a cluster can show."
        case clauses = "{0} clauses"
        case answerable = "Configuration can answer {0} of {1} clauses ({2}), {3} of them in part."
        case scoreLine = "Score {0} (passed of passed and failed), coverage {1}"
        case noScore = "none: no clause passed or failed"
        case none
        case score
        case coverage
        case passedOf = "passed of passed and failed"
        case decidedOf = "decided by evidence, of all clauses"
        case partialEvidence = "partial evidence"
        case remedy = "fix: {0}"
        case accepted = "accepted: {0}"
        case until = "until {0}"
        case more = "and {0} more"
        case summary = "Summary"
        case contents = "Contents"
        case filter = "Filter"
        case search = "Search"
        case searchHint = "clause, title or file"
        case shown = "{0} of {1} shown"
        case noEvidence = "No evidence was in the input."
        case provenance = "Provenance"
        case framework = "Framework"
        case tool = "Tool"
        case time = "Time"
        case library = "Policy library"
        case input = "Input"
        case readFrom = "Read from"
        case clause = "Clause"
        case title = "Title"
        case target = "Target"
        case since = "Since {0}: {1} better, {2} worse, {3} otherwise changed"
        case was = "was {0}"
        case enforced = "Enforced"
        case answers = "Answers"
        // The statuses of clauses.
        case pass
        case fail
        case passWithExceptions = "pass-with-exceptions"
        case partial
        case notApplicable = "not-applicable"
        case notEvaluated = "not-evaluated"
        case manual
    }

    /// Titles of one framework.
    private struct Titles: Sendable {
        var title: String
        var sections: [String: String]
        var clauses: [String: String]
    }

    /// A language tag such as `zh`.
    package let id: String
    private var words: [String: String] = [:]
    private var frameworks: [String: Titles] = [:]
    private var policies: [String: String] = [:]

    /// English, the language of the library.
    package static let english = Language(id: "en")

    private init(id: String) { self.id = id }

    /// Reads a language file.
    package init(reading value: Value) throws(FrameworkError) {
        guard let id = value.field("language").stringValue else {
            throw FrameworkError(message: "a language file names its language")
        }
        self.id = id
        words = Self.texts(value.field("words"))
        policies = Self.texts(value.field("policies"))
        let frameworks = value.field("frameworks")
        guard frameworks.kind == .object else { return }
        for (name, titles) in zip(frameworks.keys, frameworks.values) {
            self.frameworks[name.string] = Titles(
                title: titles.field("title").stringValue ?? "", sections: Self.texts(titles.field("sections")),
                clauses: Self.texts(titles.field("clauses")))
        }
    }

    private static func texts(_ value: Value) -> [String: String] {
        guard value.kind == .object else { return [:] }
        return Dictionary(
            zip(value.keys, value.values).map { ($0.stringValue ?? "", $1.stringValue ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    /// The languages of a library, English first.
    package static func all(in library: PolicyLibrary) throws(FrameworkError) -> [Language] {
        var found = [english]
        for file in library.packed.dataFiles(below: "languages/") {
            guard let document = YAMLReader().read(file).documents.first else {
                throw FrameworkError(message: "\(file.path) is empty")
            }
            found.append(
                try withExtendedLifetime(document) { () throws(FrameworkError) in try Language(reading: document.root) })
        }
        return found
    }

    /// A word with its gaps filled in.
    func text(_ word: Word, _ values: String...) -> String {
        var text = words[word.rawValue] ?? word.rawValue
        for (index, value) in values.enumerated() { text = text.replacing("{\(index)}", with: value) }
        return text
    }

    func text(_ status: ClauseStatus) -> String { words[status.rawValue] ?? status.rawValue }

    /// The title of a built-in policy; `original` where this language has none, as for policies of users.
    func title(ofPolicy id: String, original: String) -> String { policies[id] ?? original }

    /// The framework with its titles in this language.
    package func translated(_ framework: Framework) -> Framework {
        guard let titles = frameworks[framework.id] else { return framework }
        var framework = framework
        if !titles.title.isEmpty { framework.title = titles.title }
        framework.sections.merge(titles.sections) { _, own in own }
        for index in framework.clauses.indices {
            if let title = titles.clauses[framework.clauses[index].id] { framework.clauses[index].title = title }
        }
        return framework
    }

    /// What this language does not say: words, titles of frameworks, sections, clauses and policies.
    package func missing(frameworks: [Framework], policies: [Policy]) -> [String] {
        var gaps = Word.allCases.map(\.rawValue).filter { words[$0] == nil }.map { "words: \($0)" }
        for framework in frameworks {
            let titles = self.frameworks[framework.id]
            if titles?.title.isEmpty ?? true { gaps.append("frameworks: \(framework.id): title") }
            gaps += framework.sections.keys.sorted().filter { titles?.sections[$0] == nil }.map {
                "\(framework.id): section \($0)"
            }
            gaps += framework.clauses.map(\.id).filter { titles?.clauses[$0] == nil }.map { "\(framework.id): clause \($0)" }
        }
        return gaps + policies.map(\.id).filter { self.policies[$0] == nil }.map { "policies: \($0)" }
    }
}
