package import Catalogue
package import Documents
package import Inputs
package import Rego

/// Something that can judge a subject: a rule of Rego, or code such as the validation of a schema.
package struct Check: Sendable {
    /// What a check has to be given besides one object.
    package struct Needs: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// All objects of the run, in `data.inventory`: it is judged in the second pass.
        package static let scene = Needs(rawValue: 1)
        /// The object before the change.
        package static let oldObject = Needs(rawValue: 2)
        /// Facts about a host, which manifests do not hold.
        package static let hostFacts = Needs(rawValue: 4)
    }

    /// How it judges.
    package enum Body: Sendable {
        /// The rule's compiled document, what it takes for `input`, and `input.parameters` in the forms that have it.
        case rule(Entrypoint, InputForm, parameters: Value)
        case code(CodeCheck)
    }

    /// What people know it by; a check that is no policy of Rego describes itself in the same words.
    package let policy: Policy
    package let needs: Needs
    package let body: Body

    package init(_ policy: Policy, needs: Needs, body: Body) {
        self.policy = policy
        self.needs = needs
        self.body = body
    }

    /// Whether it looks at objects of this kind.
    package func applies(to kind: GroupKind) -> Bool { policy.applies(to: kind) }
}

/// A check that is code of this program. It is called once for each subject it applies to, by several threads at once.
package struct CodeCheck: Sendable {
    /// One thing it has against an object.
    package struct Problem {
        package var message: String
        package var path: DocumentPath
        package var details: String?
        package var edits: [SourceEdit]

        package init(_ message: String, at path: DocumentPath, details: String? = nil, edits: [SourceEdit] = []) {
            self.message = message
            self.path = path
            self.details = details
            self.edits = edits
        }
    }

    /// Gives each problem of a subject to the last argument.
    package let judge: @Sendable (_ subject: Subject, _ report: (Problem) -> Void) -> Void

    package init(_ judge: @escaping @Sendable (_ subject: Subject, _ report: (Problem) -> Void) -> Void) {
        self.judge = judge
    }
}
