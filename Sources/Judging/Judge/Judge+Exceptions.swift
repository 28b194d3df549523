import Catalogue
import Documents
import Inputs
import Rego
import RegoRuntime

extension Judge {
    /// Whether the package of a rule makes an exception of it for the current input, as Conftest has it: `exception` holds
    /// lists of rules by their suffix.
    func isExcepted(_ slot: Int) -> Bool {
        guard let exception = set.exceptions[slot], case .value(let value) = evaluator.evaluate(exception.rule) else {
            return false
        }
        return Self.members(of: value).contains { list in
            Self.members(of: list).contains { name in name.stringValue == exception.name }
        }
    }

    private static func members(of value: Value) -> [Value] {
        switch value.kind {
        case .set, .array: Array(value.elements)
        case .object: Array(value.values)
        default: []
        }
    }

    /// The violation, marked when it is accepted. Of one that says what several policies find, what is accepted of single ones
    /// comes apart from the rest.
    func settled(
        _ violation: Violation, _ result: PolicyResult, _ resource: Resource, _ screen: SecretScreen
    ) -> [Violation] {
        guard let exceptions, !result.parts.isEmpty else { return [settled(violation, resource)] }
        let policy = set.checks[violation.slot].policy, finder = PlaceFinder(resource: resource)
        var open: [PolicyResult.Part] = [], accepted: [(suppression: Suppression, parts: [PolicyResult.Part])] = []
        var whole = violation
        for part in result.parts {
            // Each is judged where it stands: a comment is about what it stands at.
            var single = violation
            if let path = part.path { (single.path, single.location) = (path, finder.location(of: path)) }
            let other = policy.merged.first { $0.id == part.policy }
            exceptions.apply(to: &single, of: policy, part: other, in: resource, now: evaluator.context.now)
            whole.expired = whole.expired ?? single.expired
            guard let suppression = single.suppression else {
                open.append(part)
                continue
            }
            if let index = accepted.firstIndex(where: { $0.suppression.text == suppression.text }) {
                accepted[index].parts.append(part)
            } else {
                accepted.append((suppression, [part]))
            }
        }
        if accepted.isEmpty { return [whole] }
        if accepted.count == 1, open.isEmpty {
            whole.suppression = accepted[0].suppression
            return [whole]
        }
        var violations = accepted.map { suppression, parts in
            var violation = whole.saying(parts, of: result, screen)
            violation.suppression = suppression
            return violation
        }
        if !open.isEmpty { violations.insert(whole.saying(open, of: result, screen), at: 0) }
        return violations
    }
}

extension Violation {
    /// The violation with only some of what its message says.
    fileprivate func saying(_ parts: [PolicyResult.Part], of result: PolicyResult, _ screen: SecretScreen) -> Violation {
        let all = result.parts.map(\.text).joined(separator: ", "), some = parts.map(\.text).joined(separator: ", ")
        var violation = self
        let (whole, plain) = (screen.screened(all), screen.screened(some))
        violation.message = message.replacingLast(whole, with: plain)
        violation.plainMessage = plainMessage.replacingLast(whole, with: plain)
        // What would remedy all of it would also change what is accepted.
        violation.changes = []
        violation.isPartial = true
        violation.severity = parts.compactMap(\.severity).max() ?? severity
        return violation
    }
}

extension String {
    /// The text with the last occurrence of another one replaced; unchanged without one.
    fileprivate func replacingLast(_ text: String, with other: String) -> String {
        guard let range = ranges(of: text).last else { return self }
        return String(self[..<range.lowerBound]) + other + self[range.upperBound...]
    }
}
