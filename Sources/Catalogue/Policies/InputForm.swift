package import Rego

/// What a policy takes `input` for.
package enum InputForm: String, Sendable, Hashable, CaseIterable {
    /// The object itself, as Conftest and the library have it.
    case object
    /// The AdmissionReview, as OPA's webhook has it: the object is `input.request.object`.
    case review
    /// The request and the parameters, as Gatekeeper has them: `input.review.object`, `input.parameters`.
    case gatekeeper
    /// A list of files, as `conftest test --combine` has it: the object is `input[_].contents`.
    case combined
    /// A list of objects, as Kubescape's controls have it: the object is `input[_]`.
    case objects
    /// The object with `request`, `review` and `parameters` beside its own members, for packages written several ways.
    case both

    /// The form that rules are written for, by what they and all that they call use of `input`.
    package init(_ use: InputUse) {
        func mayRead(_ name: String) -> Bool { use.members.contains(name) || use.usesWhole && use.texts.contains(name) }
        switch (mayRead("request"), mayRead("review")) {
        case (false, false):
            let isList = use.members.isEmpty && use.usesElements
            let readsContents = use.elementMembers.contains("contents") || use.texts.contains("contents")
            self = isList && readsContents ? .combined : .object
        case (false, true):
            self = use.members.isSubset(of: ["review", "parameters"]) && !use.usesElements ? .gatekeeper : .both
        case (true, false):
            let ofReview: Set = use.texts.contains("AdmissionReview") ? ["request", "kind", "apiVersion"] : ["request"]
            self = use.members.isSubset(of: ofReview) && !use.usesWhole && !use.usesElements ? .review : .both
        case (true, true): self = .both
        }
    }

    /// The number of the form in the order in which a subject is given to policies.
    package var order: Int {
        switch self {
        case .object: 0
        case .review: 1
        case .gatekeeper: 2
        case .combined: 3
        case .objects: 4
        case .both: 5
        }
    }

    /// Whether the rule sees all objects at once.
    package var isList: Bool { self == .combined || self == .objects }
}
