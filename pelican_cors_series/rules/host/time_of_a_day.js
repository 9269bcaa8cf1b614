// A day of the calendar, as milliseconds since 1970. null where there is no such day.
export function time_of_a_day(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}
