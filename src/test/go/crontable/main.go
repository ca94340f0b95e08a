// Crontable prints what robfig/cron v3 makes of schedules: the times that come next, away from clock changes, and which
// texts it refuses.
package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
)

const (
	timesPerRow = 5
	// No clock change is as near as this to a time of the table.
	away = 24 * time.Hour
)

var (
	//go:embed schedules.txt
	schedules string

	//go:embed verdicts.txt
	verdicts string

	zones = []string{
		"Etc/UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
		"Pacific/Apia", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "America/Santiago",
	}

	starts = []string{"2026-06-10T07:07:00Z", "2026-12-31T09:59:59Z", "2028-02-27T23:58:30Z"}
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: crontable FOLDER")
	}
	write("robfig-times.txt", writeTimes)
	write("robfig-verdicts.txt", writeVerdicts)
}

func write(name string, content func(*bufio.Writer)) {
	file, err := os.Create(filepath.Join(os.Args[1], name))
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(file)
	content(out)
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// A block for each zone and start, in it a row for each schedule: minutes from the start's minute to the first time, and from
// each to the next.
func writeTimes(out *bufio.Writer) {
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			log.Fatal(err)
		}
		for _, text := range starts {
			start, err := time.Parse(time.RFC3339, text)
			if err != nil {
				log.Fatal(err)
			}
			if start = start.In(zone); !isAway(start) {
				log.Fatalf("%s is near a clock change of %s", text, name)
			}
			fmt.Fprintf(out, "# %s %s\n", name, text)
			for _, schedule := range strings.Split(strings.TrimSpace(schedules), "\n") {
				fmt.Fprintf(out, "%s |%s\n", schedule, next(schedule, start))
			}
		}
	}
}

func next(text string, start time.Time) string {
	schedule, err := cron.ParseStandard(text)
	if err != nil {
		log.Fatal(err)
	}
	var row strings.Builder
	last := start.Truncate(time.Minute)
	for count, at := 0, schedule.Next(start); count < timesPerRow && !at.IsZero() && isAway(at); count++ {
		fmt.Fprintf(&row, " %d", int(at.Sub(last).Minutes()))
		last, at = at, schedule.Next(at)
	}
	return row.String()
}

func isAway(at time.Time) bool {
	start, end := at.ZoneBounds()
	return (start.IsZero() || at.Sub(start) > away) && (end.IsZero() || end.Sub(at) > away)
}

func writeVerdicts(out *bufio.Writer) {
	for _, text := range strings.Split(strings.TrimSpace(verdicts), "\n") {
		verdict := "accepted"
		if _, err := cron.ParseStandard(text); err != nil {
			verdict = "refused"
		}
		fmt.Fprintf(out, "%s | %s\n", verdict, text)
	}
}
