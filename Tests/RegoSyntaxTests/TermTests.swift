import RegoSyntax
import Testing

@Suite struct TermTests {
    private let here = Location(start: 0, end: 0)

    @Test func namesBuiltins() {
        let ref = Ref([Term(.var("json"), location: here), Term(.string("patch"), location: here)])
        #expect(ref.builtinName == "json.patch")
        #expect(Ref([Term(.var("a"), location: here), Term(.var("x"), location: here)]).builtinName == nil)
    }

    @Test func knowsInfixOperators() {
        let member = Ref([
            Term(.var("internal"), location: here), Term(.string("member_2"), location: here),
        ])
        #expect(Call(operator: member, args: []).infix == .member)
        #expect(Call(operator: Ref([Term(.var("count"), location: here)]), args: []).infix == nil)
    }
}
