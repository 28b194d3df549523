import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import Testing

/// What several inventories share is what each of them would have by itself.
@Suite struct SharedObjectsTests {
    private static func resources(_ count: Int, _ random: inout SmallRandom) -> [Resource] {
        let kinds = [("v1", "Service"), ("apps/v1", "Deployment"), ("apps/v1beta1", "Deployment"), ("v1", "Namespace")]
        let text = (0..<count).map { number in
            let (version, kind) = kinds[random.next(4)]
            let namespace = ["", "namespace: default, ", "namespace: a, "][random.next(3)]
            return
                "apiVersion: \(version)\nkind: \(kind)\nmetadata: {\(namespace)name: n\(random.next(6))}\nspec: {number: \(number)}\n"
        }.joined(separator: "---\n")
        return ResourceReader().read(SourceFile(path: "a\(random.next(1000)).yaml", text: text)).resources
    }

    /// Numbers that are the same in each run.
    struct SmallRandom {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
    }

    @Test(arguments: 1...40)
    func sameDocument(_ seed: Int) {
        var random = SmallRandom(state: UInt64(seed))
        let plain = Self.resources(20, &random)
        let shared = SharedObjects(plain)
        var data = EvaluationData()
        data.fillsNamespace = seed % 2 == 0
        for _ in 0..<4 {
            let judged = Self.resources(random.next(5), &random), near = Self.resources(random.next(4), &random)
            let hidden = Set((0..<random.next(4)).map { _ in random.next(20) })
            let beside = SharedObjects.Beside(shared, hidden: hidden, position: judged.count)
            let all = judged + plain.indices.filter { !hidden.contains($0) }.map { plain[$0] } + near
            let single = data.document(for: [], inventory: all),
                joined = data.document(for: [], inventory: judged + near, beside: beside)
            #expect(joined.document.root == single.document.root)
            #expect(beside.joined(with: judged + near).map(\.title) == all.map(\.title))
        }
    }
}
