/// One definition of a virtual document or function.
public struct Rule: Sendable {
    public var head: Head
    /// Never empty: a rule without a body has the single expression `true`.
    public var body: Body
    /// True when `body` was not written.
    public var isBodyGenerated: Bool
    public var isDefault: Bool
    /// `else` branches in order; each repeats the ref and arguments of `head` and has no branches of its own.
    public var elseRules: [Rule]
    public var location: Location

    public init(
        head: Head, body: Body, isBodyGenerated: Bool = false, isDefault: Bool = false, elseRules: [Rule] = [],
        location: Location
    ) {
        self.head = head
        self.body = body
        self.isBodyGenerated = isBodyGenerated
        self.isDefault = isDefault
        self.elseRules = elseRules
        self.location = location
    }
}

/// What a rule defines: `ref(args) := value` or `ref contains key`.
///
/// How the forms are told apart:
///
/// | source | ref | args | key | value |
/// |---|---|---|---|---|
/// | `p := 1` | `p` | | | `1` |
/// | `p if …` | `p` | | | `true`, generated |
/// | `f(x) := y` | `f` | `x` | | `y` |
/// | `p contains x`, v0 `p[x] { … }` | `p` | | `x` | |
/// | `p[k] := v`, `p.q[k].r := v` | all of it | | | `v` |
/// | v1 `p[x] if …`, `p.q.r if …` | all of it | | | `true`, generated |
/// | `p.q[x] contains y` | `p.q[x]` | | `y` | |
public struct Head: Sendable {
    /// The name; the head term is a var, later terms are strings for `.name` and any ground or var term for `[…]`.
    public var ref: Ref
    /// Arguments of a function; empty for every other rule.
    public var args: [Term]
    /// The element of a partial set (a multi-value rule).
    public var key: Term?
    /// The value of a single-value rule or function; nil exactly for partial sets.
    public var value: Term?
    /// True when `value` was not written and stands for `true`.
    public var isValueGenerated: Bool
    /// True for `:=`, false for `=` and for heads without value.
    public var assign: Bool
    /// True when the head was written with `contains`.
    public var usesContains: Bool
    /// True when `if` stands before the body.
    public var usesIf: Bool
    public var location: Location

    public init(
        ref: Ref, args: [Term] = [], key: Term? = nil, value: Term? = nil, isValueGenerated: Bool = false,
        assign: Bool = false, usesContains: Bool = false, usesIf: Bool = false, location: Location
    ) {
        self.ref = ref
        self.args = args
        self.key = key
        self.value = value
        self.isValueGenerated = isValueGenerated
        self.assign = assign
        self.usesContains = usesContains
        self.usesIf = usesIf
        self.location = location
    }

    public var isFunction: Bool { !args.isEmpty }

    /// True for multi-value rules (`contains`).
    public var isPartialSet: Bool { key != nil }

    /// The var the ref starts with.
    public var name: String { ref.terms.first?.stringOrVarName ?? "" }
}
