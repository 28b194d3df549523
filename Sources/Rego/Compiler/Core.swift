import Documents
import RegoSyntax

/// Bodies after names are resolved and nested calls are taken out: what safety ordering and code generation work on.
struct CoreBody {
    var exprs: [CoreExpr] = []
}

/// A variable of one rule or query, by number in its `LocalScope`.
typealias VarID = Int

indirect enum CoreTerm {
    case constant(Value)
    case local(VarID)
    case ref(CoreHead, [CoreTerm])
    case array([CoreTerm])
    case set([CoreTerm])
    case object([(key: CoreTerm, value: CoreTerm)])
    case comprehension(CoreComprehension)
}

enum CoreHead {
    case input
    case data
    case local(VarID)
    case term(CoreTerm)
}

final class CoreComprehension {
    enum Kind { case array, set, object }
    let kind: Kind
    /// The key of an object comprehension.
    let key: CoreTerm?
    let head: CoreTerm
    var body: CoreBody
    let location: Location
    /// Whether it stands for an operand of `print` or an expression of a template string, which may not bring in variables.
    var bringsNoVariables = false

    init(kind: Kind, key: CoreTerm?, head: CoreTerm, body: CoreBody, location: Location) {
        self.kind = kind
        self.key = key
        self.head = head
        self.body = body
        self.location = location
    }
}

/// What a call calls.
enum CoreCallee {
    case builtin(String)
    /// A function at a path below `data`.
    case function([String])
}

/// One replacement of a `with`.
struct CoreWith {
    enum Target {
        case input([String])
        case data([String])
        case builtin(String)
        case function([String])
    }
    var target: Target
    /// The value, or the function that stands in.
    var value: CoreTerm
    var standIn: CoreCallee?
}

final class CoreExpr {
    enum Kind {
        case unify(CoreTerm, CoreTerm)
        /// The output is unified with the result; without one the result must not be false.
        case call(CoreCallee, [CoreTerm], output: CoreTerm?)
        case test(CoreTerm)
        case not(CoreBody)
        case either(CoreBody, CoreBody)
        case every(key: VarID?, value: VarID, domain: CoreTerm, body: CoreBody)
        /// The body with its modifiers in force.
        case with([CoreWith], CoreBody)
        /// An expression with an error that was reported; it binds all its variables.
        case invalid([VarID])
    }
    var kind: Kind
    let location: Location
    /// Whether it only computes what the rule's head shows.
    var servesMessage = false
    /// Whether a `not` or the sides of an `or` hold bodies in braces, which may have variables of their own.
    var hasOwnVariables = (left: false, right: false)
    /// Whether a `not` came with `and`, `or` or the improved `not`: OPA does not check types in it.
    var isLogical = false
    /// Whether a unification only compares (`==`): its sides bind nothing but keys of references.
    var isComparison = false
    /// Whether a unification only gives its left side the value of the right one (`:=`), which needs one.
    var isAssignment = false
    /// Whether a unification binds its left side and nothing else: it was taken out of a statement below `not`.
    var bindsLeftOnly = false

    init(_ kind: Kind, location: Location) {
        self.kind = kind
        self.location = location
    }
}

extension CoreTerm {
    /// Calls `visit` for each variable, with whether it stands inside a comprehension.
    func forEachVar(inClosure: Bool = false, _ visit: (VarID, Bool) -> Void) {
        switch self {
        case .constant: break
        case .local(let id): visit(id, inClosure)
        case .ref(let head, let path):
            head.forEachVar(inClosure: inClosure, visit)
            for term in path { term.forEachVar(inClosure: inClosure, visit) }
        case .array(let terms), .set(let terms):
            for term in terms { term.forEachVar(inClosure: inClosure, visit) }
        case .object(let entries):
            for entry in entries {
                entry.key.forEachVar(inClosure: inClosure, visit)
                entry.value.forEachVar(inClosure: inClosure, visit)
            }
        case .comprehension(let comprehension):
            comprehension.key?.forEachVar(inClosure: true, visit)
            comprehension.head.forEachVar(inClosure: true, visit)
            comprehension.body.forEachVar(inClosure: true, visit)
        }
    }
}

extension CoreHead {
    func forEachVar(inClosure: Bool, _ visit: (VarID, Bool) -> Void) {
        switch self {
        case .input, .data: break
        case .local(let id): visit(id, inClosure)
        case .term(let term): term.forEachVar(inClosure: inClosure, visit)
        }
    }
}

extension CoreBody {
    func forEachVar(inClosure: Bool = false, _ visit: (VarID, Bool) -> Void) {
        for expr in exprs { expr.forEachVar(inClosure: inClosure, visit) }
    }
}

extension CoreExpr {
    func forEachVar(inClosure: Bool = false, _ visit: (VarID, Bool) -> Void) {
        switch kind {
        case .unify(let left, let right):
            left.forEachVar(inClosure: inClosure, visit)
            right.forEachVar(inClosure: inClosure, visit)
        case .call(_, let arguments, let output):
            for argument in arguments { argument.forEachVar(inClosure: inClosure, visit) }
            output?.forEachVar(inClosure: inClosure, visit)
        case .test(let term): term.forEachVar(inClosure: inClosure, visit)
        case .not(let body): body.forEachVar(inClosure: inClosure || hasOwnVariables.left, visit)
        case .either(let left, let right):
            left.forEachVar(inClosure: inClosure || hasOwnVariables.left, visit)
            right.forEachVar(inClosure: inClosure || hasOwnVariables.right, visit)
        case .every(let key, let value, let domain, let body):
            domain.forEachVar(inClosure: inClosure, visit)
            if let key { visit(key, true) }
            visit(value, true)
            body.forEachVar(inClosure: true, visit)
        case .with(let modifiers, let body):
            for modifier in modifiers { modifier.value.forEachVar(inClosure: inClosure, visit) }
            body.forEachVar(inClosure: inClosure, visit)
        case .invalid(let vars):
            for id in vars { visit(id, inClosure) }
        }
    }
}
