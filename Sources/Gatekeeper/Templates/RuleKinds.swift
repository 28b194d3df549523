import RegoSyntax

/// The kinds of objects that a template says something about, as the conditions at the beginning of its definitions name them.
enum RuleKinds {
    /// The kinds of a module with the rule `violation`; nil when a definition may be about any.
    static func named(in entry: Module) -> Set<String>? {
        var kinds: Set<String> = []
        for rule in entry.rules where rule.head.name == "violation" {
            guard rule.elseRules.isEmpty, let kind = kind(of: rule.body) else { return nil }
            kinds.insert(kind)
        }
        return kinds.isEmpty ? nil : kinds
    }

    /// The kind that a body names before it does anything but compare what kind of object there is, so that for others nothing
    /// of it is evaluated, and nothing can fail.
    private static func kind(of body: Body) -> String? {
        for expr in body.exprs {
            guard !expr.negated, expr.with.isEmpty, case .call(let call) = expr.kind, call.args.count == 2,
                call.infix == .equal || call.infix == .eq,
                let (member, text) = comparison(call.args[0], call.args[1]) ?? comparison(call.args[1], call.args[0])
            else { return nil }
            if member == "kind" { return text }
        }
        return nil
    }

    /// `input.review.kind.MEMBER` and the text that it is compared with.
    private static func comparison(_ way: Term, _ text: Term) -> (member: String, text: String)? {
        guard case .string(let text) = text.value, case .ref(let ref) = way.value, ref.terms.count == 4,
            case .var("input") = ref.terms[0].value, case .string("review") = ref.terms[1].value,
            case .string("kind") = ref.terms[2].value, case .string(let member) = ref.terms[3].value
        else { return nil }
        return (member, text)
    }
}
