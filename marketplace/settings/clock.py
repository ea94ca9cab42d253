"""What the clock does by itself, and how often (seconds)."""

CELERY_BEAT_SCHEDULE = {
    "deliver-mail": {"task": "marketplace.messaging.tasks.deliver_due_mail", "schedule": 10},
    "note-birthdays": {"task": "marketplace.privacy.tasks.note_birthdays", "schedule": 3600},
    "chase-emergencies": {"task": "marketplace.needs.tasks.chase_unanswered_emergencies", "schedule": 60},
    "expire-needs": {"task": "marketplace.needs.tasks.expire_past_needs", "schedule": 600},
    "end-programs": {"task": "marketplace.programs.tasks.end_past_programs", "schedule": 600},
    "tell-of-expiry": {"task": "marketplace.organizations.tasks.tell_of_expiry", "schedule": 6 * 3600},
    "warn-of-ending-passes": {"task": "marketplace.volunteers.tasks.warn_of_ending_passes", "schedule": 6 * 3600},
    "find-relatives": {"task": "marketplace.volunteers.tasks.find_new_relatives", "schedule": 6 * 3600},
    "expire-offers": {"task": "marketplace.signups.tasks.expire_offers", "schedule": 60},
    "flag-short-shifts": {"task": "marketplace.signups.tasks.flag_short_shifts", "schedule": 300},
}
