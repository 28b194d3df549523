import Diagnostics
import RegoSyntax

/// What a policy takes `input` for.
package enum InputForm: Sendable, Hashable, CaseIterable {
    /// The object itself, as Conftest and the library have it.
    case object
    /// The AdmissionReview, as OPA's webhook has it: the object is `input.request.object`.
    case review
    /// The object with the review's `request` as one more member, for packages that are written both ways.
    case both
}

/// Finds out from the text of policies which form of input they are written for.
struct InputForms {
    private struct Unit {
        var package: [String]
        var mentions: DocumentMentions
    }

    private let units: [Unit]

    init(_ user: UserPolicies) {
        units = user.modules.map { module in
            let (parsed, _) = Parser.parseModule(module.source, version: module.version)
            let package = parsed.package.path.terms.dropFirst().map { $0.stringOrVarName ?? "" }
            return Unit(package: Array(package), mentions: DocumentMentions(module.source))
        }
    }

    /// The form for a policy: what its package and the packages that one uses say about `input`.
    func form(of policy: Policy) -> InputForm {
        if policy.origin == .builtin || units.isEmpty { return .object }
        let rule = policy.entrypoint.split(separator: ".").dropFirst().map(String.init)
        var waiting = [Array(rule.dropLast())], seen: Set<[String]> = []
        var members: Set<String> = [], usesWhole = false, strings: Set<String> = []
        while let path = waiting.popLast() {
            guard seen.insert(path).inserted else { continue }
            for unit in units where overlaps(unit.package, path) {
                members.formUnion(unit.mentions.inputMembers)
                usesWhole = usesWhole || unit.mentions.usesWholeInput
                strings.formUnion(unit.mentions.strings)
                waiting += unit.mentions.dataPaths
            }
        }
        let mayReadRequest = members.contains("request") || usesWhole && strings.contains("request")
        if !mayReadRequest { return .object }
        let ofReview: Set = strings.contains("AdmissionReview") ? ["request", "kind", "apiVersion"] : ["request"]
        return usesWhole || !members.isSubset(of: ofReview) ? .both : .review
    }

    /// Whether a package may hold what a path leads to, or lies below it.
    private func overlaps(_ package: [String], _ path: [String]) -> Bool {
        !path.isEmpty && zip(package, path).allSatisfy { $0 == $1 }
    }
}
