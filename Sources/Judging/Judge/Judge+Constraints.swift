import Catalogue
import Diagnostics
import Documents
package import Gatekeeper
package import Inputs

extension Judge {
    /// Judges a subject, and by constraints what ExpansionTemplates make of it.
    package mutating func judge(
        _ subject: Subject, made expansion: Expansion, among selection: Int = 0, until deadline: Int64 = .max,
        into results: inout CheckResults
    ) {
        judge(subject, among: selection, until: deadline, into: &results)
        if expansion.isEmpty || !set.hasConstraints { return }
        var problems: [Diagnostic] = []
        let own = subject.circumstances.namespaceObject
        let known = expansion.expand(subject.resource, namespace: { own.kind == .object ? own : namespace(named: $0) }) {
            problems.append($0)
        }
        for made in known {
            let slots = slots(for: made.resource.type.groupKind, among: selection).filter { set.constraints[$0] != nil }
            var sitting = Sitting(Subject(made, subject.circumstances.operation), until: deadline)
            for slot in slots { judge(slot, &sitting, into: &results) }
        }
        results.problems += problems
    }

    /// Notes constraints that match an object and need not be evaluated for it, as their rules say nothing about its kind.
    package mutating func meet(_ resource: Resource, _ slots: [Int], _ results: inout CheckResults) {
        let kind = resource.type.groupKind
        for slot in slots where !hasSeen(slot) && set.checks[slot].applies(to: kind) {
            var sitting = Sitting(Subject(resource))
            if let constraint = set.constraints[slot], applies(constraint, &sitting) == .yes { note(slot, &results) }
        }
    }

    /// Whether a constraint is about a subject: about the object, or about the one it replaces.
    func applies(_ constraint: Constraint, _ sitting: inout Sitting) -> ConstraintMatch.Answer {
        if constraint.match.isKindOnly { return .yes }
        let candidates = candidates(&sitting)
        var answer = ConstraintMatch.Answer.no
        for candidate in candidates {
            switch constraint.match.matches(candidate) {
            case .yes: return .yes
            case .no: continue
            case .unknownNamespace(let name): answer = .unknownNamespace(name)
            }
        }
        return answer
    }

    private func candidates(_ sitting: inout Sitting) -> [MatchCandidate] {
        if let known = sitting.candidates { return known }
        let subject = sitting.subject, resource = subject.resource
        let request = subject.circumstances.review?.root.field("request") ?? .undefined
        let own = subject.circumstances.namespaceObject
        let objects = request.isDefined ? [request.field("object"), request.field("oldObject")] : [resource.value]
        let made = objects.filter { $0.kind == .object }.map { object in
            MatchCandidate(
                object, type: resource.type.groupKind, origin: subject.origin,
                isNamespacedKind: request.isUndefined && ClusterScope.isKnownNamespaced(resource.type.groupKind),
                requestNamespace: request.field("namespace").stringValue ?? ""
            ) { own.kind == .object ? own : namespace(named: $0) }
        }
        sitting.candidates = made
        return made
    }

    /// A Namespace among the objects of the run.
    func namespace(named name: String) -> Value {
        set.data.document.root.field("inventory").field("cluster").field("v1").field("Namespace").field(named: name)
    }

    /// A constraint that asks for the labels of a Namespace nobody has shown is violated, as it is in Gatekeeper: what it
    /// would say is not known.
    mutating func refuse(_ slot: Int, _ name: String, _ sitting: Sitting, _ results: inout CheckResults) -> Bool {
        note(slot, &results)
        let message =
            sitting.subject.remark
            + "whether it matches is not known: its namespaceSelector asks for the labels of Namespace \"\(name)\", which is not in the input"
        let resource = sitting.subject.resource
        if !findsPlaces {
            results.messages.append(CheckResults.Message(slot: slot, text: message, screen: sitting.screen))
            return true
        }
        let path = DocumentPath([.key("metadata"), .key("namespace")])
        results.violations.append(
            Violation(
                slot: slot, message: message, resource: resource.reference, path: path,
                location: PlaceFinder(resource: resource).location(of: path), screen: sitting.screen,
                origin: resource.document.origin,
                severity: sitting.subject.severity))
        return true
    }

    /// The review of a subject, made once for all constraints.
    func review(for form: InputForm, _ sitting: inout Sitting) -> Document? {
        switch form {
        case .object, .combined, .objects: return nil
        case .review, .both:
            let review = sitting.review ?? SubjectInput.review(of: sitting.subject)
            sitting.review = review
            return review
        case .gatekeeper:
            if let known = sitting.gatekeeperReview { return known }
            let review = sitting.review ?? SubjectInput.review(of: sitting.subject)
            sitting.review = review
            let name = review.root.field("request").field("namespace").stringValue ?? ""
            let own = sitting.subject.circumstances.namespaceObject
            let made = SubjectInput.gatekeeperReview(
                of: review, namespace: own.kind == .object ? own : name.isEmpty ? .undefined : namespace(named: name))
            sitting.gatekeeperReview = made
            return made
        }
    }
}
