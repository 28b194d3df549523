import Catalogue
import Testing

@testable import Compliance

@Suite struct LanguageTests {
    @Test func nothingIsMissing() throws {
        let library = try Checkout.library()
        let languages = try Language.all(in: library)
        #expect(languages.map(\.id) == ["en", "zh"])
        for language in languages.dropFirst() {
            #expect(language.missing(frameworks: try Framework.all(in: library), policies: library.policies) == [])
        }
    }

    @Test func gapsAreNamed() throws {
        let gaps = Language.english.missing(frameworks: try Framework.all(in: Checkout.library()), policies: [])
        #expect(gaps.contains("words: Summary") && gaps.contains("pss: clause baseline:privileged"))
    }

    @Test func titlesAndStatuses() throws {
        let library = try Checkout.library()
        let chinese = try #require(try Language.all(in: library).last)
        let framework = try #require(try Framework.all(in: library).first { $0.answers(to: "dengbao-l3") })
        let translated = chinese.translated(framework)
        #expect(translated.sections["8.1.3"] == "安全区域边界")
        #expect(translated.clauses.first { $0.id == "8.1.4.2 d" }?.title == "管理用户最小权限与分离")
        #expect(chinese.text(.notApplicable as ClauseStatus) == "不适用")
        #expect(chinese.title(ofPolicy: "LT-POD-001", original: "") == "容器以特权模式运行")
        #expect(chinese.title(ofPolicy: "TEAM-1", original: "Our rule") == "Our rule")
    }
}
