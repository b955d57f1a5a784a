package corpus

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestIndustryNotes(t *testing.T) {
	c, err := Industry()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"C3525": "manufacturing:C project_finance",
		"C3825": "pv_manufacturing:C3825 manufacturing:C project_finance",
		"F5151": "medical_distribution:F515 trade_finance:F51 wholesale_retail:F project_finance",
		"K7010": "real_estate:K701 project_finance",
		"T9600": "project_finance",
	} {
		if got := strings.Join(ids(c.For(code, dossier.NewDate(2026, 9, 30))), " "); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	it, _ := c.Item("agriculture:A")
	for _, want := range []string{"存栏", "来源：AG", "示例，以本行标准为准", "《流动资金贷款管理办法》附件"} {
		if !strings.Contains(it.Text(), want) {
			t.Errorf("the note on agriculture lacks %q:\n%s", want, it.Text())
		}
	}
}
